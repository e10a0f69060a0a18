/**
 * Makes classes of Java, C++ and Python, request stubs and a dispatcher from a description in JSON. {@link Layout}
 * draws the bytes on which all three agree.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.carillon.codegen;
