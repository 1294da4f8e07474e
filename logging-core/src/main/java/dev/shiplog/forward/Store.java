package dev.shiplog.forward;

import dev.shiplog.sink.Entry;

/** A place for the entries of open chunks. Guarded by the lock of the {@link ChunkBuffer}. */
interface Store {
  /** What became of an entry. */
  enum Room {
    /** It is in its chunk. */
    TAKEN,
    /** There is no room before something has left. */
    FULL,
    /** It is larger than all the room there is. */
    NEVER,
    /** The store cannot be used at this moment. */
    AWAY
  }

  /** Puts an entry into the open chunk of its lane, if there is room. */
  Room take(Lane lane, Entry entry, int level, int checksum);

  /** Gives the oldest chunk of this store up; false if that would make no room. */
  boolean dropOldest();
}
