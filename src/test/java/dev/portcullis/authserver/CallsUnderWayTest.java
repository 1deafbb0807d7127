/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("FLD-21: calls that others overtake hold no more than their share of the places")
class CallsUnderWayTest {

  private static final Duration GOOD_WHILE = Duration.ofSeconds(1);
  private static final Duration MOMENT = Duration.ofNanos(1);

  private final ManualTime time = new ManualTime();
  private final CallsUnderWay underWay = new CallsUnderWay(2);
  private final List<Call> calls = new ArrayList<>();

  private Call begin() {
    Call call =
        new Call(
            new Endpoints(List.of(new Target("http", "a", 1)), "/i", "as.targets"),
            Map.of(),
            "",
            "",
            Optional.empty(),
            Duration.ofSeconds(10),
            time::nanoTime);
    calls.add(call);
    underWay.begin(call);
    return call;
  }

  private void answer() {
    underWay.end(begin(), true);
  }

  private List<Boolean> givenUp() {
    return calls.stream().map(Call::isGivenUp).toList();
  }

  @Test
  void overtakenCallsBeyondTheShare_areGivenUpOldestFirst() {
    begin();
    begin();
    begin();
    time.pass(GOOD_WHILE);
    answer();
    assertEquals(List.of(true, false, false, false), givenUp());
  }

  @Test
  void overtakenCallsWithinTheShare_goOn() {
    begin();
    begin();
    time.pass(GOOD_WHILE);
    answer();
    assertEquals(List.of(false, false, false), givenUp());
    begin();
    assertEquals(List.of(true, false, false, false), givenUp());
  }

  @Test
  void callThatBeganLittleBefore_goesOn() {
    begin();
    begin();
    begin();
    time.pass(GOOD_WHILE.minus(MOMENT));
    answer();
    assertEquals(List.of(false, false, false, false), givenUp());
  }

  @Test
  void whenNobodyIsAnswered_nobodyIsGivenUp() {
    begin();
    begin();
    begin();
    time.pass(GOOD_WHILE);
    underWay.end(begin(), false);
    begin();
    assertEquals(List.of(false, false, false, false, false), givenUp());
  }

  @Test
  void answerToAnOlderCall_isNoSign() {
    Call first = begin();
    begin();
    begin();
    begin();
    time.pass(GOOD_WHILE);
    underWay.end(first, true);
    assertEquals(List.of(false, false, false, false), givenUp());
  }

  @Test
  void callThatIsGivenUp_hasNoTimeLeft() {
    Call call = begin();
    begin();
    begin();
    time.pass(GOOD_WHILE);
    answer();
    assertEquals(Duration.ZERO, call.deadline().remaining());
  }
}
