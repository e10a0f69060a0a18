/** Virtual ports: what is sent to one comes out of it again. The specimen of a driver. */
package org.carillon.driver.loopback;
