using ChatOps.Fleet;
using ChatOps.Fleet.Frames;
using ChatOps.Policy;

namespace ChatOps.Tests.Fleet;

/// <summary>One of every frame.</summary>
internal static class SomeFrames
{
    public static ExecutionPlan Plan { get; } = new(
        "01jd0000000000000000000000", "web-1", "ab12", "uptime -p | head -1",
        new CommandProgram([new(CommandJoin.Always, false, [new([new("uptime", false), new("-p", false)], [CommandRedirection.StderrToNull]), new([new("head", false), new("-1", false)], [])])]),
        "/", null, 60_000, 16_384, 16_384, 32_768, Risk.Read, null, 1_000_000);

    public static IReadOnlyList<Frame> All { get; } =
    [
        new OpenFrame(1, [1, 2, 3]),
        new ChallengeFrame(1, [4], [5], 12, [6]),
        new HelloFrame("web-1", [1], 7, "i", [2], "token", "0.1.0", new Dictionary<string, string> { ["role"] = "web" }, new Dictionary<string, string> { ["os"] = "Debian" }),
        new WelcomeFrame("web-1", 8, 10_000),
        new ConfirmFrame(8),
        new RefusedFrame(RefusalCode.Token, "no", true),
        new PingFrame(1, true),
        new PongFrame(1, new Dictionary<string, string> { ["load"] = "0.1" }),
        new ExecuteFrame(FrameCodec.Write(Plan), [9], 1024),
        new AttachFrame("x", 12, 1024),
        new CreditFrame("x", 12),
        new CancelFrame("x"),
        new ForgetFrame("x"),
        new AcceptedFrame("x"),
        new RejectedFrame("x", "no"),
        new NotKnownFrame("x"),
        new WantedFrame("x", 12, 1024),
        new ResultFrame("x", ExecutionEnd.Exited, 0, "out\u001b[0m ü", 12, 0, 12, 1.5, null),
        new ErrorFrame("x", "what?"),
    ];
}
