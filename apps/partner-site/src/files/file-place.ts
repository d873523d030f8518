/** A concern to which files are added: with which council, and in whose name; empty: in nobody's. */
export interface FilePlace {
  id: string;
  authority: string;
  as: string;
}

/** The same, for whoever follows one by a code. */
export interface FollowedPlace {
  council: string;
  following: string;
}
