/** What a delivery would change, found without sending anything. */
@NullMarked
package io.github.consentbridge.standalone.map;

import org.jspecify.annotations.NullMarked;
