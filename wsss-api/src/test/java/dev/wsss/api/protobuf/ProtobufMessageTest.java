package dev.wsss.api.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The examples of the format's own documentation, and what is written late. */
final class ProtobufMessageTest {

  private static String hex(ProtobufMessage message) {
    byte[] bytes = message.toBytes();
    assertThat(bytes).hasSize((int) message.size());
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void integersTakeAsManyBytesAsTheyNeed() {
    assertThat(hex(new ProtobufMessage().varint(1, 150))).isEqualTo("089601");
    assertThat(hex(new ProtobufMessage().varint(1, 0))).isEqualTo("0800");
    assertThat(hex(new ProtobufMessage().varint(20, 1))).isEqualTo("a00101");
    assertThat(hex(new ProtobufMessage().varint(1, -2))).isEqualTo("08feffffffffffffffff01");
  }

  @Test
  void fixedNumbersAreLittleEndian() {
    ProtobufMessage message =
        new ProtobufMessage()
            .fixed32(2, Float.floatToIntBits(1))
            .fixed64(3, Double.doubleToLongBits(1));

    assertThat(hex(message)).isEqualTo("150000803f" + "19000000000000f03f");
  }

  @Test
  void textsAndMessagesHaveTheirLengthInFront() {
    assertThat(hex(new ProtobufMessage().text(2, "testing"))).isEqualTo("120774657374696e67");
    assertThat(hex(new ProtobufMessage().text(2, "é"))).isEqualTo("1202c3a9");
    assertThat(hex(new ProtobufMessage().message(3, new ProtobufMessage().varint(1, 150))))
        .isEqualTo("1a03089601");
  }

  @Test
  void largeContentIsAskedForOnlyWhenItIsWritten() {
    AtomicInteger asked = new AtomicInteger();
    ProtobufMessage inner =
        new ProtobufMessage()
            .varint(1, 1)
            .bytes(
                2,
                3,
                out -> {
                  asked.incrementAndGet();
                  out.write(new byte[] {7, 8, 9});
                })
            .varint(3, 2);
    ProtobufMessage message =
        new ProtobufMessage().varint(1, 5).message(4, inner).append(inner).varint(9, 6);
    assertThat(message.size()).isEqualTo(2 + 2 + 9 + 9 + 2);
    assertThat(asked).hasValue(0);

    String expected = "0801" + "1203070809" + "1802";
    assertThat(hex(message)).isEqualTo("0805" + "2209" + expected + expected + "4806");
    assertThat(asked).hasValue(2);
  }

  @Test
  void aMessageIsTakenAsItStands() {
    ProtobufMessage inner = new ProtobufMessage().varint(1, 1);
    ProtobufMessage outer = new ProtobufMessage().message(2, inner);

    inner.varint(1, 2);

    assertThat(hex(outer)).isEqualTo("12020801");
  }
}
