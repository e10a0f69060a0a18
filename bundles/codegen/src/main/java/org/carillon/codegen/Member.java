package org.carillon.codegen;

/** One value of a class. The comment is empty where there is none. */
record Member(Place place, String name, Type type, String comment) {}
