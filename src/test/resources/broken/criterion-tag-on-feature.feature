@rollback @RB-1
Feature: Rollback
  A release that was promoted can be taken back: the previous version returns to every user.

  @RB-1 @slow
  Scenario: A rollback can be successfully triggered (`kubectl argo rollouts undo`).
    Given the new version was released and promoted
    When the release is undone
    Then the release asks for the old version again
    And pods of the old version come up
    And Argo CD finds that the release differs from what the Application asks for

  @RB-2 @slow
  Scenario: Traffic is fully restored to the previous stable version.
    Given the new version was released and promoted
    And users send 10 requests a second all the while
    When the release is undone, and promoted as far as it needs
    Then users are answered by the old version only
    And the old version is the stable one, and no weight is left on the canary
    And Argo CD calls the release healthy, and finds that nothing else differs
    And no request of the users was lost
