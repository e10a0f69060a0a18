/** What reads bytes that others wrote, given bytes that nobody should write. Run by Jazzer. */
package org.carillon.fuzz;
