/** Where the HTTP interface is rooted. */
@NullMarked
package org.tallystick.web;

import org.jspecify.annotations.NullMarked;
