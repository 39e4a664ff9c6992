package org.tallystick.bench.screening;

import java.util.Locale;
import org.tallystick.screening.CustomerCorpus;

/** What a bank knows of how common words are among its customers. */
enum Bank {
  /** It has counted those of its customers, as one does that has a thousand and more. */
  COUNTED,
  /** It is new: words weigh by the target lists alone. */
  NONE;

  /** As it is printed. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Customers are the ordinary names of the other side, none of which is asked for. */
  CustomerCorpus customers(SetMaker maker, ScreeningOptions options) {
    if (this == NONE) {
      return CustomerCorpus.NONE;
    }
    Split.Side other = options.side() == Split.Side.DEV ? Split.Side.HELD_OUT : Split.Side.DEV;
    SetMaker.Sizes sizes = SetMaker.Sizes.USUAL;
    return Evaluation.customers(
        maker
            .make(options.seed(), other, new SetMaker.Sizes(0, sizes.people(), sizes.companies()))
            .negatives());
  }
}
