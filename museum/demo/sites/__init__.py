"""Four real places outside the museum, each in three eras, as computed panoramas."""

from museum.demo.sites.paint import render_site
from museum.demo.sites.plan import MomentPlan, SitePlan, sites

__all__ = ["MomentPlan", "SitePlan", "render_site", "sites"]
