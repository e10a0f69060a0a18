/** The web console: who may come in, where it listens, and the page of this server. */
package org.carillon.webconsole;
