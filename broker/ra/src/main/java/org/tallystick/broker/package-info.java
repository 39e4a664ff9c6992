/** JMS resource adapter with an embedded journalled broker, and the same broker as a process. */
package org.tallystick.broker;
