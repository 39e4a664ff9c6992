/**
 * The experiment that settles in which form a stage consumes messages: load runs and kill drills.
 */
package org.tallystick.bench.stage;
