package dev.shiplog.samples.gallery;

/** One work of the collection. */
record Artwork(int id, String title, String artist, int year) {}
