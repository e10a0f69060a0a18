/** Filter words: their grammar, and the compiler that makes filters from them. */
package org.carillon.filter;
