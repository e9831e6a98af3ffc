;; Makes a module's bytes of the text and the streams that build/printable.mjs and build/streams.mjs made of it. In
;; WebAssembly, since it runs once: JavaScript would have done it before any engine had made it quick.
;;
;; The memory, laid out by src/load/inline.ts: from 0 the address of each stream (4 bytes each, by its number), from 1536
;; how many operands an opcode has (one digit each), from 2048 the bytes that the letters stand for.
(module
  (memory (export "memory") 16)

  ;; Reads a text; where its bytes end.
  (func (export "read") (param $text i32) (param $end i32) (param $to i32) (result i32)
    (local $letter i32)
    (loop $letters
      (local.set $letter (i32.load8_u (local.get $text)))
      ;; } and ~ stand before the letter of a rarer byte.
      (if (i32.ge_u (local.get $letter) (i32.const 125))
        (then
          (local.set $text (i32.add (local.get $text) (i32.const 1)))
          (local.set $letter
            (i32.add
              (i32.shl (i32.sub (i32.const 127) (local.get $letter)) (i32.const 7))
              (i32.load8_u (local.get $text))))))
      (i32.store8 (local.get $to) (i32.load8_u offset=2048 (local.get $letter)))
      (local.set $to (i32.add (local.get $to) (i32.const 1)))
      (local.set $text (i32.add (local.get $text) (i32.const 1)))
      (br_if $letters (i32.lt_u (local.get $text) (local.get $end))))
    (local.get $to))

  ;; Copies a byte of a stream; the byte.
  (func $byte (param $stream i32) (param $to i32) (result i32)
    (local $from i32)
    (local.set $from (i32.load (i32.shl (local.get $stream) (i32.const 2))))
    (i32.store (i32.shl (local.get $stream) (i32.const 2)) (i32.add (local.get $from) (i32.const 1)))
    (i32.store8 (local.get $to) (i32.load8_u (local.get $from)))
    (i32.load8_u (local.get $from)))

  ;; Puts all functions together, each behind its length; where they end.
  (func (export "weave") (param $opcodes i32) (param $end i32) (param $to i32) (result i32)
    (local $body i32) (local $opcode i32) (local $depth i32) (local $count i32) (local $left i32) (local $size i32)
    (loop $functions
      ;; Room for the length is left in front; it begins with the locals, as if they were the operands of an opcode.
      (local.set $body (i32.add (local.get $to) (i32.const 5)))
      (local.set $opcode (i32.const 257))
      (local.set $depth (i32.const 1))
      (loop $instructions
        (local.set $count (i32.and (i32.load8_u offset=1536 (local.get $opcode)) (i32.const 15)))
        (local.set $left (local.get $count))
        ;; Of these the first number says how many follow.
        (if (i32.eq (local.get $count) (i32.const 3))
          (then
            (local.set $left (call $byte (local.get $opcode) (local.get $body)))
            (local.set $body (i32.add (local.get $body) (i32.const 1)))
            (local.set $left
              (if (result i32) (i32.eq (local.get $opcode) (i32.const 257))
                (then (i32.shl (local.get $left) (i32.const 1)))
                (else
                  (if (result i32) (i32.eq (local.get $opcode) (i32.const 0x0e))
                    (then (i32.add (local.get $left) (i32.const 1)))
                    ;; memory.copy is 10, memory.fill 11; those below 8 have none.
                    (else (select
                      (i32.sub (i32.const 12) (local.get $left))
                      (i32.const 0)
                      (i32.gt_u (local.get $left) (i32.const 7))))))))))
        (block $done
          (loop $operands
            (br_if $done (i32.eqz (local.get $left)))
            (loop $bytes
              (local.set $size
                (call $byte
                  ;; The second of two comes from a stream for all of those, a constant from one by the opcode after it.
                  (select
                    (i32.const 256)
                    (select
                      (i32.add (i32.const 258) (i32.shr_u (i32.load8_u (local.get $opcodes)) (i32.const 2)))
                      (local.get $opcode)
                      (i32.eq (local.get $opcode) (i32.const 0x41)))
                    (i32.and (i32.eq (local.get $count) (i32.const 2)) (i32.eq (local.get $left) (i32.const 1))))
                  (local.get $body)))
              (local.set $body (i32.add (local.get $body) (i32.const 1)))
              ;; The last byte of a number alone is below 128, but for floating-point numbers, of 4 or 8 bytes each.
              (br_if $bytes
                (i32.and
                  (i32.gt_u (local.get $size) (i32.const 127))
                  (i32.eqz (i32.and (local.get $count) (i32.const 12))))))
            (local.set $left (i32.sub (local.get $left) (i32.const 1)))
            (br $operands)))
        (if (local.get $depth)
          (then
            (local.set $opcode (i32.load8_u (local.get $opcodes)))
            (i32.store8 (local.get $body) (local.get $opcode))
            (local.set $opcodes (i32.add (local.get $opcodes) (i32.const 1)))
            (local.set $body (i32.add (local.get $body) (i32.const 1)))
            ;; block, loop and if; end.
            (local.set $depth
              (i32.sub
                (i32.add (local.get $depth) (i32.lt_u (i32.sub (local.get $opcode) (i32.const 2)) (i32.const 3)))
                (i32.eq (local.get $opcode) (i32.const 0x0b))))
            (br $instructions))))
      ;; Its length, then itself.
      (local.set $size (i32.sub (local.get $body) (i32.add (local.get $to) (i32.const 5))))
      (local.set $left (local.get $size))
      (local.set $body (i32.add (local.get $to) (i32.const 5)))
      (loop $digits
        (i32.store8 (local.get $to)
          (i32.or
            (i32.and (local.get $left) (i32.const 127))
            (i32.shl (i32.gt_u (local.get $left) (i32.const 127)) (i32.const 7))))
        (local.set $to (i32.add (local.get $to) (i32.const 1)))
        (br_if $digits (local.tee $left (i32.shr_u (local.get $left) (i32.const 7)))))
      (memory.copy (local.get $to) (local.get $body) (local.get $size))
      (local.set $to (i32.add (local.get $to) (local.get $size)))
      (br_if $functions (i32.lt_u (local.get $opcodes) (local.get $end))))
    (local.get $to)))
