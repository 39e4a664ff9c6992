/** What devices ask for themselves: sealed requests, kind by kind, and their one reply each. */
@NullMarked
package org.tallystick.request;

import org.jspecify.annotations.NullMarked;
