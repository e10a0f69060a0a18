/** Completion of what is typed: verbs, options, and the names that a server knows. */
package org.carillon.launcher.command.complete;
