/** Benchmarks with their controls, so that a user can measure his own machine. */
package org.carillon.bench;
