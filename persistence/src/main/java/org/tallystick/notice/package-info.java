/** Notices that are due, and those that are made. */
@NullMarked
package org.tallystick.notice;

import org.jspecify.annotations.NullMarked;
