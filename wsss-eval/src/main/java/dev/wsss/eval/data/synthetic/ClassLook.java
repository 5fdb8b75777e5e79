package dev.wsss.eval.data.synthetic;

import java.util.Locale;

/**
 * What makes a class: its telling part, and the averages around which its bodies vary.
 *
 * <p>Classes come in families of two or more with one outline and one colour. Within a family, hue,
 * slenderness and the stripes' direction and width differ on average by about as much as they vary
 * from object to object: at the default likeness all four together tell two relatives apart about
 * five times in six.
 *
 * @param name for people
 * @param mark pattern of the part
 * @param first first colour of the part, of a hue that no other class has
 * @param second second colour of the part
 * @param shape outline of the body
 * @param hue of the body, in turns
 * @param slenderness width of the body over its length
 * @param stripeAngle of the body's stripes against its axis, radians
 * @param stripeWidth share of the picture's side from stripe to stripe
 */
record ClassLook(
    String name,
    Mark mark,
    Paint first,
    Paint second,
    BodyShape shape,
    double hue,
    double slenderness,
    double stripeAngle,
    double stripeWidth) {

  /** Class {@code k} of {@code classes}; {@code likeness} as in {@link SyntheticConfig}. */
  static ClassLook of(int k, int classes, double likeness) {
    int families = Math.max(1, classes / 2);
    int family = k % families;
    int members = (classes - family + families - 1) / families;
    int member = k / families;
    // −½…½ within the family: 0 for an only member, evenly spread for more.
    double place = members == 1 ? 0 : (double) member / (members - 1) - 0.5;
    double apart = place * (1 - likeness);
    Mark mark = Mark.ofClass(k);
    int round = Mark.round(k);
    return new ClassLook(
        mark.name().toLowerCase(Locale.ROOT) + (round == 0 ? "" : "-" + (round + 1)),
        mark,
        Paint.ofHsv((double) k / classes, 0.95, 0.95),
        k % 2 == 0 ? new Paint(0.97, 0.97, 0.97) : new Paint(0.04, 0.04, 0.04),
        BodyShape.ofFamily(family),
        0.09 + (double) family / families + 0.07 * apart,
        0.6 + 0.1 * apart,
        0.9 * apart,
        0.085 + 0.02 * apart);
  }
}
