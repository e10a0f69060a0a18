/**
 * Makes classes of Java, C++ and Python, request stubs and a dispatcher from a description in JSON. {@code Layout}
 * draws the bytes on which all three agree.
 */
package org.carillon.codegen;
