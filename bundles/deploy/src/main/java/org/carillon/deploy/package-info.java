/** The drivers folder: what is dropped there is loaded, replaced and taken away while music plays. */
package org.carillon.deploy;
