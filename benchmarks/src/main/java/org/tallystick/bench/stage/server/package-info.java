/** What runs inside the server: one HTTP ingress and three forms of a stage that stores halves. */
package org.tallystick.bench.stage.server;
