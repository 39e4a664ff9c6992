/** The main job for people to watch: two device processes, two codes, one decision. */
@NullMarked
package org.tallystick.launcher.demo;

import org.jspecify.annotations.NullMarked;
