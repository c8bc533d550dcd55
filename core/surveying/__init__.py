"""Everything of a kind against everything else of it: operations by what they do, in classes of equals."""
