/** Sides of a comparison that are processes of their own: started alike, bound to cores alike, asked by lines. */
package org.carillon.bench.process;
