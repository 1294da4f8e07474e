package dev.shiplog.transport;

/** A fault and what is known about it. */
record Failure(Fault fault, String detail) {}
