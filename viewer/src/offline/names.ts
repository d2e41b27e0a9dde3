/** Names that the page and the service worker share. A hall that is kept is one cache, whole in itself. */

export const HALL_CACHE = "museum-hall-";
/** Where in its cache a hall's own description lies. */
export const DESCRIPTION = "/offline/kept/";
/** The page that lists what is kept: what a browser without a network shows where it has nothing else. */
export const KEPT_PAGE = "/offline";
