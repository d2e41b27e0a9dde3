// The curators' pages.
import.meta.glob("../admin/admin.ts", { eager: true });
