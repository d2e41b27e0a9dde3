// The curators' pages.
import "../admin/admin";
