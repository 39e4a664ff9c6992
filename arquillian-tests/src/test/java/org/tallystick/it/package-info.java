/** The packaged application on its server, driven from outside over HTTP and WebSocket alone. */
package org.tallystick.it;
