/** The store of events that wait for their deadline. Nothing is exported: users take the service. */
package org.carillon.scheduler;
