//! The state machines: any bytes as a snapshot, and any bytes as steps.

use core::time::Duration;

use wxkf_core::{
    Conversation, Dedupe, DedupeKey, FetchedToken, Observation, Policy, Push, ReservationId,
    Settled, Settlement, Timestamp, TokenKeeper, TokenStep, Trigger, TypingSettlement,
};

use super::NOW;

/// Any bytes are a snapshot, which is written as it was understood and grants no more than its policy,
/// or a typed error.
pub fn restore(data: &[u8]) {
    let policy = Policy::official_account();
    if let Ok(mut conversation) = Conversation::restore(data, policy.clone()) {
        let again = conversation.snapshot();
        assert!(
            again.len() <= data.len() || data.get(1) == Some(&1),
            "not longer, if it was of now"
        );
        assert_eq!(Conversation::restore(&again, policy).as_ref(), Ok(&conversation));
        let granted = (0..100).take_while(|_| conversation.reserve(NOW).is_ok()).count();
        assert!(granted <= 5);
        assert!(conversation.snapshot().len() <= Conversation::MAX_SNAPSHOT);
        // Nor for longer: whatever the record said, an hour after the longest window all is over.
        let over = NOW.saturating_add(Duration::from_secs(49 * 3600));
        assert_eq!(conversation.allowance(over).closes_at, None);
    }
    let horizon = Duration::from_secs(60);
    if let Ok(dedupe) = Dedupe::restore(data, 50, horizon) {
        assert!(dedupe.len() <= 50);
        let again = dedupe.snapshot();
        assert_eq!(Dedupe::restore(&again, 50, horizon).as_ref(), Ok(&dedupe));
    }
    if let Ok(keeper) = TokenKeeper::restore(data) {
        assert_eq!(TokenKeeper::restore(&keeper.snapshot()).as_ref(), Ok(&keeper));
        forces_within_its_budget(keeper);
    }
}

/// Whatever the record said: no token is answered but the same one, for three days.
fn forces_within_its_budget(mut keeper: TokenKeeper) {
    let (mut now, end) = (NOW, NOW.saturating_add(Duration::from_secs(3 * 86_400)));
    let mut forced: Vec<Timestamp> = Vec::new();
    for _ in 0..400 {
        now = match keeper.step(now) {
            TokenStep::Wait(until) => {
                assert!(until > now, "waits for what is over");
                until
            }
            TokenStep::Use(token) => {
                let _ = keeper.rejected(token.expose(), now);
                now.saturating_add(Duration::from_millis(1))
            }
            TokenStep::Fetch { id, force } => {
                if force {
                    let ago =
                        |moment: &&Timestamp| moment.distance(now) < Duration::from_secs(86_400);
                    assert!(forced.iter().filter(ago).count() < 20, "the budget of a day");
                    let last = forced.last().map(|last| last.distance(now));
                    assert!(last.is_none_or(|pause| pause >= Duration::from_secs(30)));
                    forced.push(now);
                }
                let answer = FetchedToken::new("TOKEN", Duration::from_secs(7200));
                let _ = keeper.fetched(id, answer, now);
                now.saturating_add(Duration::from_millis(1))
            }
        };
        if now > end {
            break;
        }
    }
}

/// Whatever happens to a conversation, in whatever order and by whatever clock: the bounds are in
/// order, a refusal takes nothing, nothing settles twice, and a snapshot is the whole record.
pub fn conversation(data: &[u8]) {
    let mut steps = data.chunks_exact(4);
    let Some([choice, ..]) = steps.next() else { return };
    let presets: Vec<_> = Policy::presets().collect();
    let (name, _) = presets[usize::from(choice % 8) % presets.len()];
    let policy = Policy::preset(name).expect("a preset has a name");
    let policy = if choice & 8 == 0 { policy } else { policy.cautious() };
    let mut conversation = Conversation::new(policy.clone());
    let mut now = NOW;
    let mut last = 0;
    for step in steps {
        let &[what, argument, pause, unit] = step else { return };
        let pause = u64::from(pause) << (unit % 32);
        let millis = now.as_millis();
        now = Timestamp::from_millis(match unit / 32 {
            0 => millis.saturating_sub(pause),
            _ => millis.saturating_add(pause),
        });
        let before = conversation.allowance(now);
        match what % 8 {
            0 | 1 => {
                let trigger = Trigger::ALL.get(usize::from(argument % 8)).copied();
                let ago = Duration::from_secs(u64::from(argument / 8));
                let at =
                    now.as_millis().saturating_sub(u64::try_from(ago.as_millis()).unwrap_or(0));
                let key = DedupeKey::from_bytes([argument; 16]);
                let push = Push::new(key, trigger, Timestamp::from_millis(at));
                let first = conversation.observe(push, now);
                assert_ne!(first, Observation::Overflow, "there are no so many keys");
                assert!(conversation.observe(push, now).since().is_some());
            }
            2 => conversation.forget(DedupeKey::from_bytes([argument; 16])),
            3 | 4 => match conversation.reserve(now) {
                Ok(reservation) => {
                    assert!(reservation.id.number() > last && before.at_most > before.held);
                    assert_eq!(reservation.sure, before.at_least > 0);
                    last = reservation.id.number();
                }
                Err(_) => assert_eq!(conversation.allowance(now), before),
            },
            5 => {
                let id = ReservationId::new(last.saturating_sub(u64::from(argument / 8)));
                let settlements = Settlement::ALL;
                let settlement = settlements[usize::from(argument % 8) % settlements.len()];
                let _ = conversation.settle(id, settlement, now);
                assert_eq!(conversation.settle(id, settlement, now), Settled::Stale);
            }
            6 if argument % 4 == 0 => {
                let at = now.as_millis().saturating_sub(u64::from(argument) * 100);
                conversation.sent_elsewhere(Timestamp::from_millis(at), now);
            }
            6 if argument % 4 == 1 => {
                let settlements = TypingSettlement::ALL;
                let settlement = settlements[usize::from(argument / 4) % settlements.len()];
                conversation.settle_typing(settlement, now);
            }
            6 => {
                if conversation.start_typing(now).is_ok() {
                    assert!(conversation.start_typing(now).is_err());
                }
            }
            _ => conversation.stop_typing(),
        }
        let after = conversation.allowance(now);
        assert!(after.at_least <= after.at_most && after.held <= 12, "{after:?}");
        assert!(after.at_most == 0 || after.closes_at.is_some());
        let bytes = conversation.snapshot();
        assert!(bytes.len() <= Conversation::MAX_SNAPSHOT);
        assert_eq!(Conversation::restore(&bytes, policy.clone()).as_ref(), Ok(&conversation));
    }
}
