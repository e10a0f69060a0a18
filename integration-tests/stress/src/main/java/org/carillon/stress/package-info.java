/** One case for each pair of stores and loads that two threads rely on, run by jcstress. */
package org.carillon.stress;
