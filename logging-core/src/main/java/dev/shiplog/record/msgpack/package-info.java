/** Records as MessagePack maps. */
@NullMarked
package dev.shiplog.record.msgpack;

import org.jspecify.annotations.NullMarked;
