package org.carillon.codegen;

/** Where something stands in a file; both count from 1. */
record Place(int line, int column) {
    static final Place START = new Place(1, 1);
}
