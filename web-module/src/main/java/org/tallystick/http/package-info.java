/** What HTTP itself offers to all resources: entity tags, preconditions. */
@NullMarked
package org.tallystick.http;

import org.jspecify.annotations.NullMarked;
