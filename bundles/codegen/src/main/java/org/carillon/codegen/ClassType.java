package org.carillon.codegen;

import java.util.List;

/** A class of a schema, its members in the order of the schema. The id is an unsigned 32-bit number, not 0. */
record ClassType(Place place, String name, long id, String comment, List<Member> members) {}
