/**
 * Writes protocol buffers without their library: {@link dev.wsss.api.protobuf.ProtobufMessage} puts
 * a message together, field by field.
 */
@NullMarked
package dev.wsss.api.protobuf;

import org.jspecify.annotations.NullMarked;
