/** The {@code carillon} command: verbs, options, exit codes. */
package org.carillon.launcher.command;
