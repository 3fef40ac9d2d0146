using System.Text.Json.Serialization;

namespace ChatOps.Fleet.Frames;

/// <summary>
/// A control message between the gateway's relay and a node. The set is closed. Members that a reader does not know are ignored and new ones
/// have defaults, so that both ends may be one version apart; a type that a reader does not know is answered with <see cref="ErrorFrame"/>.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = FrameCodec.TypeProperty)]
[JsonDerivedType(typeof(OpenFrame), "open")]
[JsonDerivedType(typeof(ChallengeFrame), "challenge")]
[JsonDerivedType(typeof(HelloFrame), "hello")]
[JsonDerivedType(typeof(WelcomeFrame), "welcome")]
[JsonDerivedType(typeof(ConfirmFrame), "confirm")]
[JsonDerivedType(typeof(RefusedFrame), "refused")]
[JsonDerivedType(typeof(PingFrame), "ping")]
[JsonDerivedType(typeof(PongFrame), "pong")]
[JsonDerivedType(typeof(ExecuteFrame), "execute")]
[JsonDerivedType(typeof(AttachFrame), "attach")]
[JsonDerivedType(typeof(CreditFrame), "credit")]
[JsonDerivedType(typeof(CancelFrame), "cancel")]
[JsonDerivedType(typeof(ForgetFrame), "forget")]
[JsonDerivedType(typeof(AcceptedFrame), "accepted")]
[JsonDerivedType(typeof(RejectedFrame), "rejected")]
[JsonDerivedType(typeof(NotKnownFrame), "notKnown")]
[JsonDerivedType(typeof(ResultFrame), "result")]
[JsonDerivedType(typeof(WantedFrame), "wanted")]
[JsonDerivedType(typeof(ErrorFrame), "error")]
public abstract record Frame;
