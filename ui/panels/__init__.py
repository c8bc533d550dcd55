"""One file a panel of the Compare page: it is given a comparison and draws it."""
