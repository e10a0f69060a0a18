/** The verbs that talk to a running server. */
package org.carillon.launcher.command.client;
