using ChatOps.Fleet;
using ChatOps.Fleet.Dispatch;
using ChatOps.Fleet.Frames;
using ChatOps.Fleet.Keys;
using ChatOps.Node.Grants;
using ChatOps.Policy;
using ChatOps.Testing;

namespace ChatOps.Tests.Fleet;

public sealed class GrantTests : IDisposable
{
    private const int Rounds = 2_000;
    private readonly KeyPair gateway = KeyPair.Create();
    private readonly KeyPair stranger = KeyPair.Create();
    private readonly FakeTimeProvider time = new();

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public void Dispose()
    {
        gateway.Dispose();
        stranger.Dispose();
    }

    [Fact]
    public void What_the_gateway_signed_for_this_node_and_for_now_may_run()
    {
        Assert.Null(Verifier().Refusal(Grant(), Now, out var plan));
        Assert.Equal(("systemctl restart cron", Risk.Change, "A7K2Q9"), (plan!.Line, plan.Risk, plan.Approval));
    }

    [Fact]
    public void An_order_signed_with_another_key_is_refused()
    {
        var frame = Grant();
        Assert.Contains("not signed", Verifier().Refusal(frame with { Signature = stranger.Sign(SignedText.Grant(frame.Plan)) }, Now, out _));
        Assert.Contains("not signed", Verifier().Refusal(frame with { Signature = [] }, Now, out _));
        Assert.Contains("not signed", Verifier().Refusal(frame with { Signature = gateway.Sign(frame.Plan) }, Now, out _));
    }

    [Fact]
    public void An_order_for_another_node_or_for_an_earlier_key_of_this_one_is_refused()
    {
        Assert.Contains("another node", new GrantVerifier(gateway.Public, "web-2", "key", "me").Refusal(Grant(), Now, out _));
        Assert.Contains("another node", new GrantVerifier(gateway.Public, "web-1", "other", "me").Refusal(Grant(), Now, out _));
    }

    [Fact]
    public void An_order_is_good_until_its_last_moment_and_not_after()
    {
        var frame = Grant();
        time.Advance(GrantIssuer.Validity);
        Assert.Null(Verifier().Refusal(frame, Now, out _));
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Contains("too late", Verifier().Refusal(frame, Now, out _));
    }

    [Theory]
    [MemberData(nameof(Unacceptable))]
    public void A_signed_order_beyond_what_a_node_accepts_is_refused(string what, ExecutionPlan plan)
    {
        var bytes = FrameCodec.Write(plan with { NotAfter = plan.NotAfter == 1_000_000 ? Now + 1000 : Now + plan.NotAfter });
        Assert.True(Verifier().Refusal(new ExecuteFrame(bytes, gateway.Sign(SignedText.Grant(bytes)), 0), Now, out _) is not null, what);
    }

    public static TheoryData<string, ExecutionPlan> Unacceptable()
    {
        var plan = SomeFrames.Plan with { NodeKey = "key" };
        return new()
        {
            { "valid for a day", plan with { NotAfter = 86_400_000 } },
            { "another user", plan with { User = "root" } },
            { "an id that is a path", plan with { Id = "../../etc/passwd" } },
            { "no time", plan with { TimeoutMilliseconds = 0 } },
            { "a year", plan with { TimeoutMilliseconds = 31_536_000_000 } },
            { "a negative head", plan with { HeadBytes = -1 } },
            { "a large tail", plan with { TailBytes = int.MaxValue } },
            { "an endless stream", plan with { StreamBytes = long.MaxValue } },
            { "forbidden", plan with { Risk = Risk.Forbidden } },
            { "a risk from nowhere", plan with { Risk = (Risk)(-1) } },
        };
    }

    [Fact]
    public void No_altered_order_is_ever_accepted()
    {
        var random = new Random(7);
        var verifier = Verifier();
        var frame = Grant();
        for (var round = 0; round < Rounds; round++)
        {
            var plan = (byte[])frame.Plan.Clone();
            var signature = (byte[])frame.Signature.Clone();
            var target = random.Next(2) == 0 ? plan : signature;
            target[random.Next(target.Length)] ^= (byte)(1 << random.Next(8));
            Assert.NotNull(verifier.Refusal(new ExecuteFrame(plan, signature, frame.Window), Now, out _));
        }
    }

    [Fact]
    public void A_signature_over_a_greeting_is_no_grant()
    {
        var plan = Grant().Plan;
        var relayed = SignedText.Relay(plan, [], 0);
        Assert.NotNull(Verifier().Refusal(new ExecuteFrame(plan, gateway.Sign(relayed), 0), Now, out _));
    }

    [Fact]
    public void A_greeting_for_one_gateway_or_one_nonce_proves_nothing_elsewhere()
    {
        var hello = new HelloFrame("web-1", gateway.Public.Encoded.ToArray(), 3, "i", []);
        var text = SignedText.Hello(gateway.Public, [1], [2], hello);
        Assert.NotEqual(text, SignedText.Hello(stranger.Public, [1], [2], hello));
        Assert.NotEqual(text, SignedText.Hello(gateway.Public, [1], [3], hello));
        Assert.NotEqual(text, SignedText.Hello(gateway.Public, [1, 2], [], hello));
        Assert.NotEqual(text, SignedText.Hello(gateway.Public, [1], [2], hello with { Generation = 4 }));
        Assert.NotEqual(text, SignedText.Hello(gateway.Public, [1], [2], hello with { Name = "web-2" }));
        Assert.NotEqual(text, SignedText.Hello(gateway.Public, [1], [2], hello with { Token = "t" }));
    }

    [Fact]
    public void Only_keys_on_the_expected_curve_are_keys()
    {
        using var other = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP384);
        Assert.False(PublicKey.TryRead(other.ExportSubjectPublicKeyInfo(), out _));
        Assert.False(PublicKey.TryRead([], out _));
        Assert.False(PublicKey.TryRead(new byte[PublicKey.EncodedBytes], out _));
        Assert.True(PublicKey.TryRead(KeyPair.FromPem(gateway.ToPem()).Public.Encoded, out var key));
        Assert.Equal(gateway.Public, key);
    }

    private GrantVerifier Verifier() => new(gateway.Public, "web-1", "key", "me");

    private ExecuteFrame Grant() => new GrantIssuer(gateway, time).Issue(
        new ExecutionRequest("01jd", "web-1", "systemctl restart cron", null, "/", TimeSpan.FromMinutes(1), new OutputLimits(1024, 1024, 0, null)) { Risk = Risk.Change, Approval = "A7K2Q9" },
        "key", "me", 1024);
}
