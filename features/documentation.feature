@documentation
Feature: Documentation
  The Session History is compared with the calls that were really made, not with those that were planned.

  @DOC-1
  Scenario: Session History is updated with commands used and observed outcomes for each test case.
    Given the new version waits for a person to promote it
    When the release is promoted
    Then the Session History lists each command of this case, when it was used and what was observed
    And it lists only calls that were really made
