/** Where the lines of {@code carillon shell} come from. */
package org.carillon.launcher.command.shell;
