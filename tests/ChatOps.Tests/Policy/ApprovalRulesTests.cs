using ChatOps.Fleet;
using ChatOps.Policy;
using ChatOps.Policy.Rules;
using FsCheck;
using FsCheck.Fluent;

namespace ChatOps.Tests.Policy;

/// <summary>When people are asked, and that a rule can only make it stricter.</summary>
public sealed class ApprovalRulesTests
{
    private static readonly NodeInfo Prod = Node("web-1", "prod");
    private static readonly NodeInfo Stage = Node("web-9", "staging");

    [Fact]
    public void A_read_does_not_ask()
    {
        var need = Rules("").Decide("run", Risk.Read, [Prod]);
        Assert.False(need.Asks);
    }

    [Fact]
    public void A_change_asks_one_person_and_may_stand()
    {
        var need = Rules("").Decide("run", Risk.Change, [Prod]);
        Assert.True(need is { Asks: true, Votes: 1, Roles.Count: 0, AllowStanding: true });
    }

    [Fact]
    public void Something_dangerous_asks_and_never_stands()
    {
        var need = Rules("approvals:\n- risk: dangerous\n  standing: true\n").Decide("run", Risk.Dangerous, [Prod]);
        Assert.True(need is { Asks: true, Votes: 1, AllowStanding: false });
    }

    [Fact]
    public void What_is_forbidden_cannot_be_approved()
    {
        var need = Rules("").Decide("run", Risk.Forbidden, [Prod]);
        Assert.True(need is { Asks: true, Votes: int.MaxValue, AllowStanding: false });
    }

    [Fact]
    public void A_rule_raises_votes_and_limits_voters_where_its_selector_says()
    {
        var rules = Rules("approvals:\n- risk: [change, dangerous]\n  on: env=prod\n  votes: 2\n  roles: prod-approver admin\n  standing: false\n");
        var need = rules.Decide("run", Risk.Change, [Stage, Prod]);
        Assert.Equal(2, need.Votes);
        Assert.Equal(["prod-approver", "admin"], need.Roles);
        Assert.False(need.AllowStanding);
        Assert.Equal("policy.yaml:2", need.Rule);
        Assert.Equal(1, rules.Decide("run", Risk.Change, [Stage]).Votes);
        Assert.Equal(1, rules.Decide("run", Risk.Change, []).Votes);
    }

    [Fact]
    public void A_rule_can_make_a_read_ask_for_one_tool()
    {
        var rules = Rules("approvals:\n- tool: audit\n  risk: read\n  ask: true\n");
        Assert.True(rules.Decide("audit", Risk.Read, []) is { Asks: true, Votes: 1 });
        Assert.False(rules.Decide("status", Risk.Read, []).Asks);
    }

    [Fact]
    public void A_rule_about_standing_alone_does_not_make_a_read_ask() =>
        Assert.False(Rules("approvals:\n- standing: false\n").Decide("run", Risk.Read, [Prod]).Asks);

    [Fact]
    public void Two_rules_that_name_roles_leave_the_voters_that_both_allow()
    {
        var rules = Rules("approvals:\n- roles: a b\n- roles: b c\n");
        Assert.Equal(["b"], rules.Decide("run", Risk.Change, []).Roles);
        var none = Rules("approvals:\n- roles: a\n- roles: c\n").Decide("run", Risk.Change, []);
        Assert.NotEmpty(none.Roles);
        Assert.DoesNotContain("a", none.Roles);
        Assert.DoesNotContain("c", none.Roles);
    }

    [Fact]
    public void No_rule_makes_anything_looser()
    {
        var rule = from tool in Gen.Elements("", "  tool: run\n")
                   from risk in Gen.Elements("", "  risk: change\n", "  risk: [read, dangerous]\n")
                   from nodes in Gen.Elements("", "  on: env=prod\n", "  on: all\n")
                   from votes in Gen.Elements("", "  votes: 1\n", "  votes: 3\n")
                   from standing in Gen.Elements("", "  standing: true\n", "  standing: false\n")
                   from ask in Gen.Elements("", "  ask: true\n")
                   select (tool + risk + nodes + votes + standing + ask) is { Length: > 0 } body ? "- " + body[2..] : "";
        var builtIn = Rules("");
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(rule.ListOf().ToArbitrary(), list =>
        {
            var rules = Rules("approvals:\n" + string.Concat(list));
            foreach (var risk in Enum.GetValues<Risk>())
            {
                foreach (var targets in new IReadOnlyList<NodeInfo>[] { [], [Prod], [Stage, Prod] })
                {
                    var without = builtIn.Decide("run", risk, targets);
                    var with = rules.Decide("run", risk, targets);
                    if ((without.Asks && !with.Asks) || with.Votes < without.Votes || (with.AllowStanding && !without.AllowStanding)) return false;
                }
            }

            return true;
        }));
    }

    private static IApprovalRules Rules(string text)
    {
        using var file = new TemporaryFile(text);
        return new ApprovalRules(PolicyUnderTest.Source(new PolicyOptions { PolicyFile = file.Path }));
    }

    private static NodeInfo Node(string name, string env) =>
        new(name, new Dictionary<string, string> { ["env"] = env }, NodeState.Online, new Dictionary<string, string>(), DateTimeOffset.UnixEpoch);
}
